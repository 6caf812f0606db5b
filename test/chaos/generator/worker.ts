import { playSeries, type Series } from "./series";

process.on("message", (series: Series) => {
  void playSeries(series).then((outcome) => process.send?.(outcome));
});
