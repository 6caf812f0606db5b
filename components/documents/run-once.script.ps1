# How the script is run: by a runner, a process apart from the command, so that a command that is ended takes neither the script nor
# its result with it.

# Runs the script as a run that the state keeps, and ends the runner.
function Invoke-Runner([string] $Folder, [int] $Number, [string] $Copy) {
    $claim = New-Claim $Folder $Number
    if ($claim -ne 0) {
        Remove-Item -LiteralPath $Copy -Force -ErrorAction SilentlyContinue
        exit $claim
    }
    $file = Join-Path $Folder "$Number.ps1"
    Move-Item -LiteralPath $Copy -Destination $file -Force
    $script:Log = Join-Path $Folder "$Number.said"
    Initialize-Script
    $feeds = @(New-Feed $Folder $Number)
    $arguments = "-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$file`""
    $process = Start-Process -FilePath 'powershell.exe' -ArgumentList $arguments -WorkingDirectory $Home -NoNewWindow -PassThru -RedirectStandardOutput $feeds[0].Path -RedirectStandardError $feeds[1].Path
    $code = Wait-Script $process
    if (Set-Result $Folder $Number $code) { exit 0 }
    if ($code -eq 0) { exit $Unrecorded }
    exit $ScriptFailed
}

# Runs the script where no place can keep it: it comes through a pipe, and its output is that of the command.
function Invoke-Unkept {
    Say 'no place can keep the run: it has no output file, and another command may run the script again'
    Initialize-Script
    $start = New-Object Diagnostics.ProcessStartInfo 'powershell.exe'
    $start.Arguments = '-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command "& ([ScriptBlock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String([Console]::In.ReadToEnd()))))"'
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.WorkingDirectory = $Home
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Write($Script64)
    $process.StandardInput.Close()
    Complete-Run (Wait-Script $process)
}

# Waits for sessions, and tells the script until when it may run.
function Initialize-Script {
    Wait-Session
    Say "the $Transition script starts and may take $Timeout s"
    $env:GRACEFUL_DEADLINE = [DateTime]::UtcNow.AddSeconds($Timeout - 1).ToString('yyyy-MM-ddTHH:mm:ss.fffZ')
}

# Waits for the script's end, or ends it with all its processes when its time is over; its exit code.
function Wait-Script($Process) {
    $null = $Process.Handle # without this, the exit code is not kept
    if ($Process.WaitForExit(($Timeout - 1) * 1000)) { return $Process.ExitCode }
    $null = & taskkill.exe /PID $Process.Id /T /F
    return 137
}
