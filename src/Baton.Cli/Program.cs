Console.WriteLine("baton");
