# Where runs are kept: in a folder of the instance and the hook, in the first of $Places that can be written to. A run has a number,
# the same in all places, and these files: N.run, the marker; N.ps1, the script; N.said, what the runner says; N.output and
# N.errors; N.result. A marker or result counts only if its last line is there: a disk that fills up cuts files short.

function Get-Folder([string] $Place) { return (Join-Path (Join-Path $Place $Instance) $Hook) }

# Whether nobody else can have made a place: every user may make folders beside it.
function Test-Ours([string] $Place) {
    if (-not (Test-Path -LiteralPath $Place -PathType Container)) { return $false }
    if ((Get-Item -LiteralPath $Place -Force).Attributes -band [IO.FileAttributes]::ReparsePoint) { return $false }
    $owner = (Get-Acl -LiteralPath $Place).GetOwner([Security.Principal.SecurityIdentifier]).Value
    return @('S-1-5-18', 'S-1-5-32-544') -contains $owner # Local System, Administrators
}

# Makes the folder of this hook in a place, and a whole copy of the script in it; an error if it cannot.
function New-Copy([string] $Place) {
    if (-not (Test-Path -LiteralPath $Place)) {
        $null = New-Item -ItemType Directory -Path $Place
        $null = & icacls.exe $Place /inheritance:r /grant '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F'
    }
    if (-not (Test-Ours $Place)) { throw 'it is not ours' }
    $folder = Get-Folder $Place
    $null = New-Item -ItemType Directory -Force -Path $folder
    $copy = Join-Path $folder "$PID.ps1"
    # Windows PowerShell takes a file without a byte order mark for ANSI.
    [IO.File]::WriteAllBytes($copy, [byte[]] (0xEF, 0xBB, 0xBF) + [Convert]::FromBase64String($Script64))
    return $copy
}

# Writes lines to a file that is new, and to the disk.
function Set-Lines([string] $Path, [string] $Mode, $Lines) {
    $bytes = [Text.Encoding]::UTF8.GetBytes((@($Lines) + 'end') -join "`n")
    $stream = [IO.File]::Open($Path, $Mode, 'Write', 'None')
    try { $stream.Write($bytes, 0, $bytes.Length); $stream.Flush($true) } finally { $stream.Dispose() }
}

# The lines of a file, none if it is not there or not whole.
function Get-Lines([string] $Path, [int] $Count) {
    try { $lines = [IO.File]::ReadAllText($Path) -split "`n" } catch { return @() }
    if (($lines.Count -ne $Count + 1) -or ($lines[-1] -ne 'end')) { return @() }
    return $lines
}

# Makes a run this runner's: a file is created once. 0 if it is, else how the runner ends. Another place may have got the same run
# at the same moment: then both step back.
function New-Claim([string] $Folder, [int] $Number) {
    $marker = Join-Path $Folder "$Number.run"
    try { Set-Lines "$marker.$PID" 'Create' @($Action, $Boot, $PID, $Born, $Sent, $Since) }
    catch { return 1 }
    try { [IO.File]::Move("$marker.$PID", $marker) }
    catch {
        Remove-Item -LiteralPath "$marker.$PID" -Force -ErrorAction SilentlyContinue
        return 1
    }
    foreach ($place in $Places) {
        $other = Get-Folder $place
        if (($other -ne $Folder) -and (Test-Ours $place) -and (Test-Path -LiteralPath (Join-Path $other "$Number.run"))) {
            Remove-Item -LiteralPath $marker -Force
            Start-Sleep -Seconds ($PID % 3)
            return $Withdrawn
        }
    }
    return 0
}

# All runs at this hook, in all places, the latest first. A marker that is not whole has a number and nothing else.
function Get-Run {
    $runs = @(foreach ($place in $Places) {
        if (-not (Test-Ours $place)) { continue }
        $folder = Get-Folder $place
        foreach ($file in @(Get-ChildItem -LiteralPath $folder -Filter '*.run' -ErrorAction SilentlyContinue)) {
            if ($file.Name -notmatch '^(\d+)\.run$') { continue }
            $run = @{ Number = [int] $Matches[1]; Folder = $folder; IsWhole = $false }
            $lines = @(Get-Lines $file.FullName 6)
            if ($lines.Count -gt 0) {
                $run.IsWhole = $true
                $run.Action, $run.Boot, $run.Id, $run.Born, $run.Sent, $run.Since = $lines[0..5]
            }
            $run
        }
    })
    return @($runs | Sort-Object { $_.Number } -Descending)
}

# The run that belongs to the lifecycle action of this command, none if there is none: a run with the same action, or, where one of
# the two knows none, the latest: if it was sent since the action began, or, where one of the two does not know that, as a
# Spot warning does not, no longer than $JoinFor ago. Times of AWS are compared with times of AWS.
function Find-Run($Runs) {
    $whole = @($Runs | Where-Object { $_.IsWhole })
    if ($whole.Count -eq 0) { return $null }
    if ($Action) {
        foreach ($run in $whole) { if ($run.Action -eq $Action) { return $run } }
    }
    $latest = $whole[0]
    if ($latest.Action -and $Action) { return $null }
    if (-not $latest.Sent -or -not $Sent) { return $latest }
    if ($latest.Since -and $Since) { $belongs = [long] $latest.Sent -ge [long] $Since }
    else { $belongs = ([long] $Sent - [long] $latest.Sent) -le $JoinFor }
    if ($belongs) { return $latest }
    return $null
}

# Records the exit code of a run, in its own folder or else in any place that can be written to; whether it could.
function Set-Result([string] $Folder, [int] $Number, [int] $Code) {
    foreach ($each in @($Folder) + @($Places | ForEach-Object { Get-Folder $_ })) {
        $result = Join-Path $each "$Number.result"
        try {
            Set-Lines "$result.new" 'Create' @($Code, $PID, $Born)
            Move-Item -LiteralPath "$result.new" -Destination $result -Force
            return $true
        } catch { continue }
    }
    return $false
}

# The exit code of a run, none if there is none yet. A result is that of the runner that has made the run.
function Get-Result($Run) {
    foreach ($place in $Places) {
        if (-not (Test-Ours $place)) { continue }
        $lines = @(Get-Lines (Join-Path (Get-Folder $place) "$($Run.Number).result") 3)
        if (($lines.Count -gt 0) -and ($lines[1] -eq $Run.Id) -and ($lines[2] -eq $Run.Born)) { return [int] $lines[0] }
    }
    return $null
}
