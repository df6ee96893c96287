//! The machine that measures, as far as `/proc` and `/sys` tell.

use std::fs;
use std::path::Path;

use super::report::Machine;
use super::resources::named;

/// A machine at the beginning of a run.
#[derive(Clone, Debug)]
pub(super) struct Watched {
    machine: Machine,
    load: Option<f64>,
    cpu_time: Option<CpuTime>,
}

impl Watched {
    /// Looks at the machine, and at the file system that holds `index`.
    pub(super) fn begin(index: &Path) -> Self {
        let memory = read("/proc/meminfo");
        let kilobytes = |name| named(&memory, name).map(|it| it * 1024);
        let swap = kilobytes("SwapTotal:").zip(kilobytes("SwapFree:"));
        let place = index.canonicalize().ok();
        let mounts = read("/proc/self/mountinfo");
        let machine = Machine {
            cpu: cpu(&read("/proc/cpuinfo")),
            cores: std::thread::available_parallelism().ok().map(usize::from),
            governor: line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
            kernel: line("/proc/sys/kernel/ostype")
                .zip(line("/proc/sys/kernel/osrelease"))
                .map(|(name, version)| format!("{name} {version}")),
            memory: kilobytes("MemTotal:"),
            swap_used: swap.map(|(all, free)| all.saturating_sub(free)),
            load: None,
            steal: None,
            filesystem: place.and_then(|place| filesystem(&mounts, &place)),
        };
        Self { machine, load: load(), cpu_time: CpuTime::now() }
    }

    /// Looks at it again.
    pub(super) fn end(self) -> Machine {
        let steal = self.cpu_time.zip(CpuTime::now()).map(|(then, now)| now.steal_since(then));
        Machine { load: self.load.zip(load()).map(<[f64; 2]>::from), steal, ..self.machine }
    }
}

/// Ticks of all processors since the machine was started.
#[derive(Clone, Copy, Debug)]
struct CpuTime {
    all: u64,
    stolen: u64,
}

impl CpuTime {
    fn now() -> Option<Self> {
        Self::of_stat(&read("/proc/stat"))
    }

    /// Of its first line: user, nice, system, idle, iowait, irq, softirq, steal.
    fn of_stat(stat: &str) -> Option<Self> {
        let numbers = stat.lines().next()?.strip_prefix("cpu ")?.split_whitespace();
        let numbers: Vec<u64> = numbers.take(8).filter_map(|it| it.parse().ok()).collect();
        Some(Self { all: numbers.iter().sum(), stolen: *numbers.get(7)? })
    }

    #[expect(clippy::cast_precision_loss, reason = "ticks are far fewer than 2^53")]
    fn steal_since(self, then: Self) -> f64 {
        let all = self.all.saturating_sub(then.all).max(1);
        100.0 * self.stolen.saturating_sub(then.stolen) as f64 / all as f64
    }
}

fn load() -> Option<f64> {
    read("/proc/loadavg").split_whitespace().next()?.parse().ok()
}

fn cpu(cpuinfo: &str) -> Option<String> {
    let line = cpuinfo.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// The kind of the file system that is mounted nearest above a path, by proc(5)'s mountinfo.
fn filesystem(mounts: &str, path: &Path) -> Option<String> {
    let mounts = mounts.lines().filter_map(|line| {
        let (mount, kind) = line.split_once(" - ")?;
        // Spaces in names are written as `\040`; such a place is told by what is above it.
        let point = Path::new(mount.split_whitespace().nth(4)?);
        let depth = path.starts_with(point).then(|| point.components().count())?;
        Some((depth, kind.split_whitespace().next()?))
    });
    // Of two on one point, the later one hides the other.
    mounts.max_by_key(|&(depth, _)| depth).map(|(_, kind)| kind.to_owned())
}

fn line(path: &str) -> Option<String> {
    let line = read(path).trim().to_owned();
    (!line.is_empty()).then_some(line)
}

/// What a file says; nothing where there is none.
fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_system_is_told() {
        let mounts = "22 1 0:20 / / rw - overlay none rw\n\
            30 22 8:1 / /data rw shared:1 - ext4 /dev/sda1 rw\n\
            31 30 8:2 / /data/other rw - xfs /dev/sda2 rw\n\
            32 22 8:1 / /dat rw - tmpfs tmpfs rw\n";
        let of = |path| filesystem(mounts, Path::new(path)).expect("a file system");
        assert_eq!(of("/data/index"), "ext4");
        assert_eq!(of("/srv/index"), "overlay");
        assert_eq!(of("/data/other/x"), "xfs");
        assert_eq!(filesystem("", Path::new("/")), None);
        assert_eq!(filesystem("what is this", Path::new("/")), None);
    }

    #[test]
    fn steal_is_a_part_of_all_processor_time() {
        let at =
            |steal| CpuTime::of_stat(&format!("cpu  10 0 10 {} 0 0 0 {steal} 0 0", 980 - steal));
        let then = CpuTime { all: 0, stolen: 0 };
        let steal = at(50).expect("a line").steal_since(then);
        assert!((steal - 5.0).abs() < 1e-9, "{steal}");
        assert!(CpuTime::of_stat("cpu0 1 2 3").is_none() && CpuTime::of_stat("").is_none());
    }

    #[test]
    fn a_processor_has_a_name() {
        let info = "processor\t: 0\nmodel name\t: Some CPU @ 2.00GHz\nmodel name\t: Other\n";
        assert_eq!(cpu(info).as_deref(), Some("Some CPU @ 2.00GHz"));
        assert_eq!(cpu(""), None);
    }

    #[test]
    fn this_machine_is_looked_at_without_fail() {
        let machine = Watched::begin(Path::new("nothing/there")).end();
        assert!(machine.cores.is_some() && machine.filesystem.is_none());
    }
}
