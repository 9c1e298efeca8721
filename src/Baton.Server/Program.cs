return await Baton.Server.BatonHost.RunAsync(args);
