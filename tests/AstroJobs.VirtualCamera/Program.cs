using System.Globalization;
using AstroJobs.Testing.VirtualCameras;

// usage: AstroJobs.VirtualCamera [PORT [SHOT=FAULT …]]
// A camera for gphoto2 on the loopback network, until stdin ends. Prints its port as gphoto2 writes it; at the end its count of shots.
var port = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 0;
var faults = args.Skip(1).Select(static fault => fault.Split('=')).ToDictionary(static pair => int.Parse(pair[0], CultureInfo.InvariantCulture), static pair => Enum.Parse<ShotFault>(pair[1], ignoreCase: true));
using var camera = new VirtualCamera(port) { FaultOf = shot => faults.GetValueOrDefault(shot) };
Console.WriteLine(camera.Port);
await Console.In.ReadToEndAsync();
Console.WriteLine($"shots {camera.Shots}, connections {camera.Connections}, collisions {camera.Collisions}, left on the card {camera.Card.Count}");
