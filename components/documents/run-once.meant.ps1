# Whether the instance is meant to go, or to come. Its metadata service tells in which state Auto Scaling wants it to be; whoever
# can publish to the topic or run the document cannot change that. An answer that is not known must not keep an application from
# being stopped.

# An item of the metadata service, past any proxy; an error if there is none.
function Read-Item([string] $Path, [string] $Method, [string] $Name, [string] $Value) {
    $request = [Net.WebRequest]::Create("$Metadata/$Path")
    $request.Method = $Method
    $request.Timeout = 2000
    $request.Proxy = $null
    if ($Method -eq 'PUT') { $request.ContentLength = 0 }
    if ($Value) { $request.Headers.Add($Name, $Value) }
    $response = $request.GetResponse()
    try { return (New-Object IO.StreamReader($response.GetResponseStream())).ReadToEnd() } finally { $response.Dispose() }
}

function Get-Metadata([string] $Item) {
    $pass = ''
    try { $pass = Read-Item 'api/token' 'PUT' 'X-aws-ec2-metadata-token-ttl-seconds' '60' } catch { $pass = '' }
    return Read-Item "meta-data/$Item" 'GET' 'X-aws-ec2-metadata-token' $pass
}

# Ends the command if the script is not meant to run. Auto Scaling may tell a moment late, so it is asked again.
function Assert-Meant {
    if ($Meant) { return }
    for ($try = 0; $try -lt 3; $try++) {
        if ($try -gt 0) { Start-Sleep -Seconds 1 }
        try { $target = Get-Metadata 'autoscaling/target-lifecycle-state' }
        catch {
            Say 'the metadata service does not tell whether the instance is meant to stay; the script runs all the same'
            return
        }
        if ($Transition -eq 'launch') {
            if (@('Terminated', 'Warmed:Terminated', 'Detached') -notcontains $target) { return }
        } else {
            if (($target -eq 'Terminated') -or $target.StartsWith('Warmed:')) { return }
            if (@('InService', 'Standby', 'Detached') -notcontains $target) {
                Say 'the metadata service tells an unknown state; the script runs all the same'
                return
            }
            # The end of a Spot instance is told before Auto Scaling has wanted it.
            $isTaken = $true
            try { $null = Get-Metadata 'spot/instance-action' } catch { $isTaken = $false }
            if ($isTaken) { return }
        }
    }
    Say "the instance is meant to be $target, says its metadata service; the $Transition script is not run"
    exit $NotMeant
}
