# What the guard passes on of the script's output. SSM keeps the beginning of what a step prints, so $Head bytes are passed on
# while the script runs, and at its end $Tail bytes more. Standard output and errors are a file each and share both; a feed
# is such a file and how much of it was passed on.

function New-Feed([string] $Folder, [int] $Number) {
    foreach ($name in 'output', 'errors') { @{ Path = (Join-Path $Folder "$Number.$name"); Shown = [long] 0 } }
}

# Passes on what the script has written since the last time, as far as $Head goes. A character is not cut in two, so the last
# bytes wait until it is clear where one ends.
function Show-Head($Feeds) {
    foreach ($feed in $Feeds) {
        $room = $Head - $Feeds[0].Shown - $Feeds[1].Shown
        if ($room -le 0) { return }
        $limit = $feed.Shown + $room
        $size = Get-Size $feed
        if ($size -ge $limit + 3) { Show-Byte $feed (Get-Character $feed $limit) }
        elseif ($size -ge $limit) { Show-Byte $feed ($limit - 1) }
        else { Show-Byte $feed $size }
    }
}

# Passes on the rest, $Tail bytes of it at most, and says what it leaves out. Errors get half of them, or what is left.
function Show-Tail($Feeds) {
    $rest = @((Get-Size $Feeds[0]) - $Feeds[0].Shown; (Get-Size $Feeds[1]) - $Feeds[1].Shown)
    $forErrors = [Math]::Min($rest[1], [Math]::Max([Math]::Floor($Tail / 2), $Tail - $rest[0]))
    Show-Rest $Feeds[0] ($Tail - $forErrors)
    Show-Rest $Feeds[1] $forErrors
}

function Show-Rest($Feed, [long] $Room) {
    $size = Get-Size $Feed
    if ($size - $Feed.Shown -gt $Room) {
        $from = Get-Character $Feed ($size - $Room)
        Complete-Line $Feed
        Say "... $($from - $Feed.Shown) bytes left out, the whole output is in $($Feed.Path) ..."
        $Feed.Shown = $from
    }
    Show-Byte $Feed $size
    Complete-Line $Feed
}

# Prints a feed's bytes as they are, up to one of them.
function Show-Byte($Feed, [long] $To) {
    if ($To -le $Feed.Shown) { return }
    $bytes = Get-Byte $Feed $Feed.Shown ($To - $Feed.Shown)
    $console = [Console]::OpenStandardOutput()
    $console.Write($bytes, 0, $bytes.Length)
    $console.Flush()
    $Feed.Shown = $To
}

# Ends the line that the script has left open, so that the guard's own begin on one of their own.
function Complete-Line($Feed) {
    if ($Feed.Shown -eq 0) { return }
    if ((Get-Byte $Feed ($Feed.Shown - 1) 1)[0] -ne 10) { Write-Output '' }
}

# A position, or the next at which a character begins; in UTF-8 up to three bytes of 128 to 191 follow a first.
function Get-Character($Feed, [long] $At) {
    foreach ($byte in (Get-Byte $Feed $At 3)) {
        if (($byte -lt 128) -or ($byte -gt 191)) { break }
        $At++
    }
    return $At
}

function Get-Size($Feed) {
    if (-not (Test-Path -LiteralPath $Feed.Path)) { return [long] 0 }
    $stream = [IO.File]::Open($Feed.Path, 'Open', 'Read', 'ReadWrite')
    try { return $stream.Length } finally { $stream.Dispose() }
}

function Get-Byte($Feed, [long] $From, [int] $Count) {
    $bytes = New-Object byte[] $Count
    $stream = [IO.File]::Open($Feed.Path, 'Open', 'Read', 'ReadWrite')
    try {
        $null = $stream.Seek($From, 'Begin')
        $read = 0
        while ($read -lt $Count) {
            $more = $stream.Read($bytes, $read, $Count - $read)
            if ($more -eq 0) { break }
            $read += $more
        }
    } finally { $stream.Dispose() }
    return , $bytes
}
