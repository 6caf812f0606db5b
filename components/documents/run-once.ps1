# Runs the script once per lifecycle action, however often the document is sent.
#
# Set above this line: what windows.ts writes there and the functions of run-once.*.ps1. Windows PowerShell 5.1. SSM replaces double braces in this text and makes one dollar sign of two, so neither is in it.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

function Say([string] $Text) { Write-Output "graceful-asg: $Text" }

# Writes a file so that it is there whole or not at all, and survives a reboot.
function Set-Whole([string] $Path, [string] $Text) {
    $bytes = [Text.Encoding]::UTF8.GetBytes($Text)
    $stream = [IO.File]::Open("$Path.new", 'Create', 'Write', 'None')
    try { $stream.Write($bytes, 0, $bytes.Length); $stream.Flush($true) } finally { $stream.Dispose() }
    Move-Item -LiteralPath "$Path.new" -Destination $Path -Force
}

# The very process, not another that got its id.
function Test-Alive([int] $Id, [string] $Born) {
    $process = Get-Process -Id $Id -ErrorAction SilentlyContinue
    return ($null -ne $process) -and ($process.StartTime.ToUniversalTime().ToString('o') -eq $Born)
}

# The number of the latest run at this hook, 0 if there is none.
function Get-Latest {
    $number = 0
    while (Test-Path -LiteralPath (Join-Path $Folder "$($number + 1).run")) { $number++ }
    return $number
}

# True if this process, of all that may try, is the one to make the run: a file is created once.
function New-Claim([int] $Number) {
    try { $stream = [IO.File]::Open((Join-Path $Folder "$Number.run"), 'CreateNew', 'Write', 'None') }
    catch [IO.IOException] {
        if (Test-Path -LiteralPath (Join-Path $Folder "$Number.run")) { return $false }
        throw
    }
    try {
        $text = @($Action, $Boot, $PID, $Born, $Sent, $Since) -join "`n"
        $bytes = [Text.Encoding]::UTF8.GetBytes($text)
        $stream.Write($bytes, 0, $bytes.Length)
        $stream.Flush($true)
    } finally { $stream.Dispose() }
    return $true
}

# What a run's marker says. It may still be written to for a moment.
function Get-Claim([int] $Number) {
    for ($try = 0; ; $try++) {
        try {
            $lines = [IO.File]::ReadAllText((Join-Path $Folder "$Number.run")) -split "`n"
            if ($lines.Count -ge 6) {
                return @{
                    Action = $lines[0]; Boot = $lines[1]; Id = [int] $lines[2]; Born = $lines[3]
                    Sent = $lines[4]; Since = $lines[5]
                }
            }
        } catch [IO.IOException] { if ($try -ge 50) { throw } }
        Start-Sleep -Milliseconds 100
    }
}

# The number of the run that belongs to the lifecycle action of this command, 0 if there is none: a run with the same
# action, or, where one of the two knows none, the latest: if it was sent since the action did, or, where one of the two does not
# know that, as a Spot warning does not, no longer than $JoinFor ago.
function Find-Run([int] $Latest) {
    if ($Latest -eq 0) { return 0 }
    if ($Action) {
        for ($number = $Latest; $number -gt 0; $number--) {
            if ((Get-Claim $number).Action -eq $Action) { return $number }
        }
    }
    $claim = Get-Claim $Latest
    if ($claim.Action -and $Action) { return 0 }
    if (-not $claim.Sent -or -not $Sent) { return $Latest }
    if ($claim.Since -and $Since) { $belongs = [long] $claim.Sent -ge [long] $Since }
    else { $belongs = ([long] $Sent - [long] $claim.Sent) -le $JoinFor }
    if ($belongs) { return $Latest }
    return 0
}

# 0 is success; other codes mean other things to SSM, 3010 a reboot, so all of them become one.
function Complete-Run([int] $Code) {
    Say "the $Transition script ended with exit code $Code"
    if ($Code -eq 0) { exit 0 }
    exit $ScriptFailed
}

# Waits for a run and ends with its last words and its result. One that was cut off is a failure, never repeated.
function Join-Run([int] $Number, $Claim) {
    $feeds = @(New-Feed $Number)
    Say "run $Number of this action is under way or over; this command returns its result"
    $result = Join-Path $Folder "$Number.result"
    while (-not (Test-Path -LiteralPath $result)) {
        if (($Claim.Boot -ne $Boot) -or -not (Test-Alive $Claim.Id $Claim.Born)) {
            if (-not (Test-Path -LiteralPath $result)) {
                Show-Tail $feeds
                Say "run $Number was cut off by a reboot, a time-out or a lack of memory; it is not repeated"
                exit $ScriptFailed
            }
        }
        Start-Sleep -Milliseconds 500
    }
    Show-Tail $feeds
    Complete-Run ([int] [IO.File]::ReadAllText($result))
}

# Whether both ends of a connection are this instance: a health check or a proxy on it is nobody's session.
function Test-Inner([string] $Local, [string] $Other) {
    return ($Local -eq $Other) -or [Net.IPAddress]::IsLoopback([Net.IPAddress]::Parse($Local))
}

# Whether anybody is connected to one of the ports, or has a Session Manager session.
function Test-Session {
    if ($Ports.Count -gt 0) {
        $connections = @(Get-NetTCPConnection -State Established -ErrorAction SilentlyContinue | Where-Object { ($Ports -contains $_.LocalPort) -and -not (Test-Inner $_.LocalAddress $_.RemoteAddress) })
        if ($connections.Count -gt 0) { return $true }
    }
    if (-not $SessionManager) { return $false }
    return $null -ne (Get-Process -Name 'ssm-session-worker' -ErrorAction SilentlyContinue)
}

# Waits until nobody is there any more, or for as long as that may take. It says so at growing intervals, as SSM keeps only so
# much of what a step prints.
function Wait-Session {
    $left = $MaxWait
    if ($SessionWait) { $left = [Math]::Min($MaxWait, [long] $SessionWait) }
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $tellAt = 0
    $interval = 60
    while (Test-Session) {
        $passed = [int] $clock.Elapsed.TotalSeconds
        if ($passed -ge $left) {
            Say "sessions are still open; the $Transition script starts all the same"
            return
        }
        if ($passed -ge $tellAt) {
            Say "waiting for sessions to end, for up to $($left - $passed) s more"
            $tellAt = $passed + $interval
            $interval *= 2
        }
        Start-Sleep -Seconds 1
    }
}

# Runs the script, ends it when its time is over, records the result.
function Invoke-Run([int] $Number) {
    $script = Join-Path $Folder "$Number.ps1"
    $feeds = @(New-Feed $Number)
    # Windows PowerShell takes a file without a byte order mark for ANSI.
    [IO.File]::WriteAllBytes($script, [byte[]] (0xEF, 0xBB, 0xBF) + [Convert]::FromBase64String($Script64))
    Wait-Session
    Say "the $Transition script starts and may take $Timeout s"
    $env:GRACEFUL_DEADLINE = [DateTime]::UtcNow.AddSeconds($Timeout - 1).ToString('yyyy-MM-ddTHH:mm:ss.fffZ')
    $arguments = "-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$script`""
    $process = Start-Process -FilePath 'powershell.exe' -ArgumentList $arguments -WorkingDirectory $Home -NoNewWindow -PassThru -RedirectStandardOutput $feeds[0].Path -RedirectStandardError $feeds[1].Path
    $null = $process.Handle # without this, the exit code is not kept
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $code = $null
    while ($null -eq $code) {
        if ($process.WaitForExit(500)) { $code = $process.ExitCode }
        elseif ($clock.Elapsed.TotalSeconds -ge ($Timeout - 1)) {
            & taskkill.exe /PID $process.Id /T /F | Out-Null
            $code = 137
        }
        Show-Head $feeds
    }
    try { Set-Whole (Join-Path $Folder "$Number.result") "$code" }
    catch { Say 'the result of the run cannot be recorded' }
    Show-Tail $feeds
    Complete-Run $code
}

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

# Runs are kept in the first place that can be written to.
foreach ($place in $Places) {
    $Folder = Join-Path (Join-Path $place $Instance) $Hook
    try {
        $null = New-Item -ItemType Directory -Force -Path $Folder
        Set-Whole (Join-Path $Folder "$PID.room") ('x' * $Script64.Length)
        Remove-Item -LiteralPath (Join-Path $Folder "$PID.room")
        break
    } catch {
        Say "cannot keep the run in ${place}: $($_.Exception.Message)"
        $Folder = $null
    }
}
if (-not $Folder) { exit 1 }
$Boot = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime.ToUniversalTime().ToString('o')
$Born = (Get-Process -Id $PID).StartTime.ToUniversalTime().ToString('o')

$isAsked = $false
while ($true) {
    $latest = Get-Latest
    $found = Find-Run $latest
    if ($found -gt 0) { Join-Run $found (Get-Claim $found) }
    if (-not $isAsked) { Assert-Meant }
    $isAsked = $true
    if (New-Claim ($latest + 1)) { Invoke-Run ($latest + 1) }
}
