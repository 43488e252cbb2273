"""A real limit on the memory of a program and all it starts, page cache included, by the kernel's control groups."""
import os

FIRST_VERSION, SECOND_VERSION = "/sys/fs/cgroup/memory", "/sys/fs/cgroup"


class MemoryLimit:
    """A group of its own; its `enter` is for a child to call before it becomes the program."""

    def __init__(self, most):
        is_first = os.path.isdir(FIRST_VERSION)
        self.folder = os.path.join(FIRST_VERSION if is_first else SECOND_VERSION, f"astrojobs-compare-{os.getpid()}")
        os.mkdir(self.folder)
        self.write("memory.limit_in_bytes" if is_first else "memory.max", most)
        self.swap("memory.memsw.limit_in_bytes" if is_first else "memory.swap.max", most if is_first else 0)
        self.peak_file = os.path.join(self.folder, "memory.max_usage_in_bytes" if is_first else "memory.peak")

    def write(self, name, value):
        with open(os.path.join(self.folder, name), "w", encoding="ascii") as file:
            file.write(str(value))

    def swap(self, name, value):
        """No swap either, where the kernel counts it."""
        if os.path.exists(os.path.join(self.folder, name)):
            self.write(name, value)

    def enter(self):
        self.write("cgroup.procs", os.getpid())

    def peak(self):
        with open(self.peak_file, encoding="ascii") as file:
            return int(file.read())

    def close(self):
        os.rmdir(self.folder)
