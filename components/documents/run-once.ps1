# Runs the script once per lifecycle action, however often the document is sent.
#
# Set above this line: what windows.ts writes there and the functions of run-once.*.ps1. Windows PowerShell 5.1. SSM replaces
# double braces in this text and makes one dollar sign of two, so neither is in it.
#
# A command that finds no run of its action starts a runner, a process of its own. The runner makes the run its own by a marker,
# runs the script, and records the result. The command that started it waits for that result like any later one.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

# In the runner, what is said goes into a file of the run, as does the output of the script.
function Say([string] $Text) {
    if (-not $Log) { Write-Output "graceful-asg: $Text" }
    else { try { [IO.File]::AppendAllText($Log, "graceful-asg: $Text`n") } catch { $null = $_ } }
}

# The very process, not another that got its id, nor one that has ended and is still known.
function Test-Alive([int] $Id, [string] $Born) {
    $process = Get-Process -Id $Id -ErrorAction SilentlyContinue
    try { return ($null -ne $process) -and -not $process.HasExited -and ((Get-Born $process) -eq $Born) } catch { return $false }
}

function Get-Born($Process) { return $Process.StartTime.ToUniversalTime().ToString('o') }

# Starts a runner for the next run in the first place that can keep it; returns once the run is somebody's. Where no place can
# keep it, this very process runs the script and ends with its result.
function Start-Run([int] $Number) {
    foreach ($place in $Places) {
        try { $copy = New-Copy $place }
        catch {
            Say "cannot keep the run in ${place}: $($_.Exception.Message)"
            continue
        }
        $folder = Get-Folder $place
        $marker = Join-Path $folder "$Number.run"
        $arguments = "-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$PSCommandPath`" run `"$folder`" $Number `"$copy`""
        $script:Runner = Start-Process -FilePath 'powershell.exe' -ArgumentList $arguments -WindowStyle Hidden -PassThru
        $null = $Runner.Handle # without this, the exit code is not kept
        while (-not (Test-Path -LiteralPath $marker) -and -not $Runner.HasExited) { Start-Sleep -Milliseconds 100 }
        if ((Test-Path -LiteralPath $marker) -or ($Runner.HasExited -and ($Runner.ExitCode -eq $Withdrawn))) { return }
        Say "cannot keep the run in ${place}: its marker cannot be written"
    }
    Invoke-Unkept
}

# Waits for a run, passes its output on, and ends with its result. A run that was cut off is a failure, never repeated. Returns if
# the run turns out to be none.
function Join-Run($Run) {
    $number = $Run.Number
    $said = @{ Path = (Join-Path $Run.Folder "$number.said"); Shown = [long] 0 }
    $feeds = @(New-Feed $Run.Folder $number)
    $isOwn = ($null -ne $Runner) -and ($Runner.Id -eq $Run.Id)
    if (-not $isOwn) { Say "run $number of this action is under way or over; this command returns its result" }
    while ($true) {
        $code = Get-Result $Run
        if ($null -ne $code) { break }
        if (($Run.Boot -ne $Boot) -or -not (Test-Alive $Run.Id $Run.Born)) {
            # It may have ended since the last look.
            $code = Get-Result $Run
            if ($null -ne $code) { break }
            if (-not (Test-Path -LiteralPath (Join-Path $Run.Folder "$number.run"))) { return }
            if ($isOwn -and $Runner.HasExited) {
                if ($Runner.ExitCode -eq $Unrecorded) { $code = 0 }
                if ($Runner.ExitCode -eq $ScriptFailed) { $code = $ScriptFailed }
            }
            if ($null -ne $code) {
                Say 'the result of the run cannot be recorded anywhere'
                break
            }
            Show-Byte $said (Get-Size $said)
            Show-Tail $feeds
            Say "run $number was cut off by a reboot, somebody or a lack of memory; it is not repeated"
            exit $ScriptFailed
        }
        Show-Byte $said (Get-Size $said)
        Show-Head $feeds
        Start-Sleep -Milliseconds 200
    }
    Show-Byte $said (Get-Size $said)
    Show-Tail $feeds
    Complete-Run $code
}

# 0 is success; other codes mean other things to SSM, 3010 a reboot, so all of them become one.
function Complete-Run([int] $Code) {
    Say "the $Transition script ended with exit code $Code"
    if ($Code -eq 0) { exit 0 }
    exit $ScriptFailed
}

$Log = ''
$Runner = $null
if ($Instance -and $env:AWS_SSM_INSTANCE_ID -and ($Instance -ne $env:AWS_SSM_INSTANCE_ID)) {
    Say "this command is for $Instance, not for this instance, $($env:AWS_SSM_INSTANCE_ID); the script is not run"
    exit $NotMeant
}
if (-not $Instance) { $Instance = $env:AWS_SSM_INSTANCE_ID }
if (-not $Instance) { $Instance = 'self' }
$env:GRACEFUL_INSTANCE_ID = $Instance
$env:GRACEFUL_GROUP = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Group64))
$env:GRACEFUL_HOOK = $Hook
$env:GRACEFUL_TRANSITION = $Transition
$Boot = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime.ToUniversalTime().ToString('o')
$Born = Get-Born (Get-Process -Id $PID)

if (($args.Count -eq 4) -and ($args[0] -eq 'run')) { Invoke-Runner $args[1] ([int] $args[2]) $args[3] }

$isAsked = $false
while ($true) {
    $runs = @(Get-Run)
    $found = Find-Run $runs
    if ($null -ne $found) { Join-Run $found }
    else {
        if (-not $isAsked) { Assert-Meant }
        $isAsked = $true
        $newest = if ($runs.Count -gt 0) { $runs[0].Number } else { 0 }
        Start-Run ($newest + 1)
    }
}
