using System.CommandLine;
using System.Text;
using Baton.Cli;
using Baton.Client.Api;
using Baton.Client.Sealing;
using Baton.Client.Vault;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var parsed = BatonCommand.Make().Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
var terminal = new Terminal(parsed.GetValue(BatonCommand.Json));
if (parsed.Errors.Count > 0)
{
    terminal.Fail(ExitCode.Usage, parsed.Errors[0].Message, "baton " + string.Join(' ', parsed.CommandResult.Command.Parents.OfType<Command>().Any() ? [parsed.CommandResult.Command.Name, "--help"] : ["--help"]));
    return (int)ExitCode.Usage;
}

try
{
    // Whoever stops an import waits for what it brought to be taken out again.
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
}
catch (CommandFailedException failed)
{
    terminal.Fail(failed.Code, failed.Message, failed.Hint);
    return (int)failed.Code;
}
catch (ServerUnreachableException unreachable)
{
    terminal.Fail(ExitCode.Unreachable, unreachable.Message, "Check the address and the network; everything may be repeated.");
    return (int)ExitCode.Unreachable;
}
catch (UntrustedException untrusted)
{
    terminal.Fail(ExitCode.Untrusted, untrusted.Message, "Ask your organization's owner before going on.");
    return (int)ExitCode.Untrusted;
}
catch (LibsodiumMissingException missing)
{
    terminal.Fail(ExitCode.Unexpected, missing.Message, null);
    return (int)ExitCode.Unexpected;
}
catch (OperationCanceledException)
{
    return 130;
}
