# How the guard waits until nobody is connected any more.

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
