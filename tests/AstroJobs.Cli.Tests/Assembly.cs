// Most tests wait for processes: a few at once fill the time without overloading a small machine.
// Every process that a test runs and every state that it waits for has a time-out of its own (CallerStore).
[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(4)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
