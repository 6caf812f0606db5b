# Stops Windows services and waits until they are stopped. Set above this line: $Names, the services in the order in which they are
# stopped; $Time, the seconds that this may take.
$ErrorActionPreference = 'Stop'
$clock = [Diagnostics.Stopwatch]::StartNew()

function Say([string] $Text) { Write-Output "graceful-asg: $Text" }

# Stops one service, and asks again while the service takes no order, as while it starts. Ends the script if the service does not stop
# in time.
function Stop-One($Service) {
    $why = ''
    while ($true) {
        $Service.Refresh()
        $status = $Service.Status
        if ($status -eq 'Stopped') {
            Say "the service $($Service.ServiceName) has stopped"
            return
        }
        if ($clock.Elapsed.TotalSeconds -ge $Time) {
            Say "the service $($Service.ServiceName) is $status and did not stop in time. $why"
            exit 1
        }
        if ($status -ne 'StopPending') {
            try { $Service.Stop(); $why = '' } catch { $why = $_.Exception.GetBaseException().Message }
        }
        Start-Sleep -Milliseconds 500
    }
}

$services = @()
foreach ($name in $Names) {
    $service = Get-Service -Name $name -ErrorAction SilentlyContinue
    if ($null -eq $service) {
        Say "there is no service $name; nothing is stopped"
        exit 1
    }
    $services += $service
}
foreach ($service in $services) {
    if ($service.Status -eq 'Stopped') {
        Say "the service $($service.ServiceName) was not running; there is nothing to stop"
        continue
    }
    # Windows names all of them, in the order in which they can be stopped.
    foreach ($dependent in $service.DependentServices) {
        $dependent.Refresh()
        if ($dependent.Status -ne 'Stopped') { Stop-One $dependent }
    }
    Stop-One $service
}
exit 0
