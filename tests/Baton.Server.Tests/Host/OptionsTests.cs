using System.Globalization;
using Baton.Server.Storage;

namespace Baton.Server.Tests.Host;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("--frobnicate", "--frobnicate is not a setting of baton-server.", "Leave --frobnicate out, or use one of: --data --pages --listen")]
    [InlineData("serve", "serve is not a setting of baton-server.", "Leave serve out")]
    [InlineData("--data", "--data has no value.", "Write --data followed by directory.")]
    [InlineData("--session-idle=5", "--session-idle can't be '5'.", "Give duration, for example --session-idle 30m.")]
    [InlineData("--session-idle=0s", "--session-idle can't be '0s'.", "Give duration")]
    [InlineData("--session-life=99999999999h", "--session-life can't be '99999999999h'.", "Give duration")]
    [InlineData("--file-bytes=268435457", "--file-bytes can't be '268435457'.", "Give bytes")]
    [InlineData("--handovers-per-hour=-1", "--handovers-per-hour can't be '-1'.", "Give count, 0: no limit")]
    [InlineData("--tls=yes", "--tls can't be 'yes'.", "Give `self-signed`.")]
    [InlineData("--log=xml", "--log can't be 'xml'.", "Give `text` or `json`")]
    [InlineData("--listen=8080", "--listen can't be '8080'.", "Give URL, for example --listen http://127.0.0.1:8080.")]
    [InlineData("--public-url=https://baton.example/sub", "--public-url can't be 'https://baton.example/sub'.", "Give URL.")]
    [InlineData("--trusted-proxy=10.0.0.0/99", "--trusted-proxy can't be '10.0.0.0/99'.", "Give address or network, several with commas.")]
    public void What_is_not_a_setting_or_not_its_value_is_refused_with_the_remedy(string argument, string what, string remedy)
    {
        var refused = Assert.Throws<RefusedToStartException>(() => BatonOptions.Read([argument], []));
        Assert.StartsWith(what + "\n" + remedy, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_variable_is_refused_like_an_unknown_option()
    {
        var refused = Assert.Throws<RefusedToStartException>(() => BatonOptions.Read([], [new("BATON_DATE", "x"), new("PATH", "x")]));
        Assert.StartsWith("BATON_DATE is not a setting of baton-server.\nUnset BATON_DATE, or use one of: BATON_DATA", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_the_environment_over_the_default()
    {
        var options = BatonOptions.Read(["--data", "b"], [new("BATON_DATA", "a"), new("BATON_SESSION_IDLE", "5m")]);
        Assert.Equal(("b", TimeSpan.FromMinutes(5), TimeSpan.FromHours(12)), (options.Data, options.SessionIdle, options.SessionLife));
    }

    [Fact]
    public void Every_setting_stands_in_the_manual_with_its_unit_and_default()
    {
        var rows = Repository.TableRows("docs/operate.md").Where(row => row[0].StartsWith("--", StringComparison.Ordinal)).ToDictionary(row => row[0]);
        foreach (var setting in BatonOptions.Settings)
        {
            Assert.True(rows.Remove(setting.Option, out var row), $"{setting.Option} is not in docs/operate.md");
            Assert.Equal([setting.Option, setting.Unit.Trim('`'), setting.Default, setting.Meaning], row);
        }

        Assert.Empty(rows);
    }

    [Fact]
    public void Every_setting_with_a_default_takes_its_default()
    {
        foreach (var setting in BatonOptions.Settings.Where(setting => setting.Default.Length > 0))
        {
            Assert.True(setting.Set(new BatonOptions(), setting.Default), setting.Option);
        }
    }

    [Theory]
    [InlineData("--listen http://0.0.0.0:8080", "0.0.0.0:8080 can be reached from other machines")]
    [InlineData("--listen http://[::]:8080", "[::]:8080 can be reached from other machines")]
    [InlineData("--listen http://192.0.2.7:80", "192.0.2.7 can be reached from other machines")]
    [InlineData("--listen https://0.0.0.0:8443", "https needs a certificate.")]
    [InlineData("--public-url http://baton.example", "--public-url baton.example is not https.")]
    [InlineData("--public-url https://baton.example", "An https public address without a certificate here means a reverse proxy")]
    [InlineData("--listen http://0.0.0.0:8080 --public-url https://baton.example", "An https public address without a certificate here means a reverse proxy")]
    [InlineData("--certificate a.pem", "A certificate and its key belong together.")]
    [InlineData("--tls self-signed --certificate a.pem --certificate-key b.pem", "--tls self-signed and --certificate exclude each other.")]
    public void Listening_where_browsers_would_refuse_is_refused(string arguments, string what)
    {
        var refused = Assert.Throws<RefusedToStartException>(() => BatonOptions.Read(arguments.Split(' '), []));
        Assert.StartsWith(what, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "http://127.0.0.1:8080/")]
    [InlineData("--listen http://localhost:9000", "http://localhost:9000/")]
    [InlineData("--listen http://[::1]:9000", "http://[::1]:9000/")]
    [InlineData("--listen http://0.0.0.0:9000 --tls self-signed", "https://0.0.0.0:9000/")]
    [InlineData("--listen https://0.0.0.0 --certificate a.pem --certificate-key b.pem", "https://0.0.0.0/")]
    [InlineData("--listen http://0.0.0.0:8080 --public-url https://baton.example --trusted-proxy 10.0.0.1", "http://0.0.0.0:8080/")]
    [InlineData("--public-url https://baton.example --trusted-proxy 127.0.0.1,::1,10.0.0.0/8", "http://127.0.0.1:8080/")]
    public void These_are_the_ways_to_listen(string arguments, string listen) =>
        Assert.Equal(listen, BatonOptions.Read(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), []).Listen.ToString());

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("2m", 120)]
    [InlineData("3h", 10_800)]
    [InlineData("1d", 86_400)]
    public void Durations_have_units(string text, int seconds)
    {
        Assert.True(Setting.TryParseDuration(text, TimeSpan.Zero, TimeSpan.FromDays(2), out var duration));
        Assert.Equal(seconds.ToString(CultureInfo.InvariantCulture), duration.TotalSeconds.ToString(CultureInfo.InvariantCulture));
    }
}
