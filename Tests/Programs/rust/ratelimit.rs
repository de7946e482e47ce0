//! ratelimit - simulates rate limiters over a stream of requests and compares what they let through.
//!
//!     ratelimit [CLIENTS [SECONDS [SEED]]]
//!
//! Requests come from a generator of random numbers with a seed, so that each run is the same. With RATELIMIT_TRACE in
//! the environment the decisions go to a file of that name. Exit status: 0. An argument that is no number is a panic,
//! and a panic is a trap.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet, VecDeque};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::rc::Rc;

const NS_PER_S: u64 = 1_000_000_000;

/// xoshiro256**, seeded by splitmix64.
struct Random {
    state: [u64; 4],
}

impl Random {
    fn new(seed: u64) -> Self {
        let mut next = seed;
        let state = [(); 4].map(|()| {
            next = next.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = next;
            mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^ mixed >> 31
        });
        Random { state }
    }

    fn next(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.state;
        let result = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        result
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// An exponentially distributed pause in nanoseconds.
    fn pause_ns(&mut self, per_second: f64) -> u64 {
        (-(1.0 - self.unit()).ln() / per_second * NS_PER_S as f64) as u64
    }
}

trait Limiter {
    fn name(&self) -> &'static str;
    /// Whether a request of `client` at `now_ns` may pass. Times never go back.
    fn allow(&mut self, client: u32, now_ns: u64) -> bool;
}

struct TokenBucket {
    per_second: f64,
    burst: f64,
    buckets: HashMap<u32, (f64, u64)>,
}

impl Limiter for TokenBucket {
    fn name(&self) -> &'static str {
        "token bucket"
    }

    fn allow(&mut self, client: u32, now_ns: u64) -> bool {
        let (tokens, updated_ns) = self.buckets.entry(client).or_insert((self.burst, now_ns));
        let elapsed_s = (now_ns - *updated_ns) as f64 / NS_PER_S as f64;
        *tokens = (*tokens + elapsed_s * self.per_second).min(self.burst);
        *updated_ns = now_ns;
        let allowed = *tokens >= 1.0;
        if allowed {
            *tokens -= 1.0;
        }
        allowed
    }
}

struct FixedWindow {
    per_window: u32,
    window_ns: u64,
    counts: HashMap<(u32, u64), u32>,
}

impl Limiter for FixedWindow {
    fn name(&self) -> &'static str {
        "fixed window"
    }

    fn allow(&mut self, client: u32, now_ns: u64) -> bool {
        let window = now_ns / self.window_ns;
        self.counts.retain(|&(_, other), _| other + 1 >= window);
        let count = self.counts.entry((client, window)).or_default();
        *count += 1;
        *count <= self.per_window
    }
}

struct SlidingLog {
    per_window: usize,
    window_ns: u64,
    log: HashMap<u32, VecDeque<u64>>,
}

impl Limiter for SlidingLog {
    fn name(&self) -> &'static str {
        "sliding log"
    }

    fn allow(&mut self, client: u32, now_ns: u64) -> bool {
        let times = self.log.entry(client).or_default();
        while times.front().map_or(false, |&time| time + self.window_ns <= now_ns) {
            times.pop_front();
        }
        let allowed = times.len() < self.per_window;
        if allowed {
            times.push_back(now_ns);
        }
        allowed
    }
}

/// A limiter around another one that lets no client pass twice as often as the least served.
struct Fair<L: Limiter> {
    inner: L,
    served: Rc<RefCell<HashMap<u32, u64>>>,
}

impl<L: Limiter> Limiter for Fair<L> {
    fn name(&self) -> &'static str {
        "fair"
    }

    fn allow(&mut self, client: u32, now_ns: u64) -> bool {
        let mut served = self.served.borrow_mut();
        let least = served.values().copied().min().unwrap_or(0);
        let mine = served.entry(client).or_default();
        if *mine > 2 * least + 10 || !self.inner.allow(client, now_ns) {
            return false;
        }
        *mine += 1;
        true
    }
}

#[derive(Default)]
struct Outcome {
    allowed: u64,
    refused: u64,
    clients: HashSet<u32>,
    longest_refusal: u64,
    current_refusal: u64,
}

impl Outcome {
    fn record(&mut self, client: u32, allowed: bool) {
        if allowed {
            self.allowed += 1;
            self.clients.insert(client);
            self.current_refusal = 0;
        } else {
            self.refused += 1;
            self.current_refusal += 1;
            self.longest_refusal = self.longest_refusal.max(self.current_refusal);
        }
    }
}

/// The requests in the order of time, from a heap of each client's next one.
fn requests(clients: u32, seconds: u64, seed: u64) -> impl Iterator<Item = (u64, u32)> {
    let mut random = Random::new(seed);
    let rate = |client: u32| 0.5 + f64::from(client % 7) * 3.0;
    let mut heap: BinaryHeap<Reverse<(u64, u32)>> =
        (0..clients).map(|client| Reverse((random.pause_ns(rate(client)), client))).collect();
    std::iter::from_fn(move || {
        let Reverse((time_ns, client)) = heap.pop()?;
        heap.push(Reverse((time_ns + random.pause_ns(rate(client)), client)));
        Some((time_ns, client))
    })
    .take_while(move |&(time_ns, _)| time_ns < seconds * NS_PER_S)
}

fn main() {
    let arguments: Vec<u64> = std::env::args().skip(1).map(|text| text.parse().expect("a number")).collect();
    let argument = |index: usize, default: u64| arguments.get(index).copied().unwrap_or(default);
    let (clients, seconds, seed) = (argument(0, 20) as u32, argument(1, 60), argument(2, 1));

    let served = Rc::new(RefCell::new(HashMap::new()));
    let bucket = |burst| TokenBucket { per_second: 5.0, burst, buckets: HashMap::new() };
    let mut limiters: Vec<Box<dyn Limiter>> = vec![
        Box::new(bucket(10.0)),
        Box::new(FixedWindow { per_window: 5, window_ns: NS_PER_S, counts: HashMap::new() }),
        Box::new(SlidingLog { per_window: 5, window_ns: NS_PER_S, log: HashMap::new() }),
        Box::new(Fair { inner: bucket(1.0), served: Rc::clone(&served) }),
    ];
    let mut outcomes: Vec<Outcome> = limiters.iter().map(|_| Outcome::default()).collect();
    let mut trace = String::new();
    let mut total = 0u64;
    for (time_ns, client) in requests(clients, seconds, seed) {
        total += 1;
        for (limiter, outcome) in limiters.iter_mut().zip(&mut outcomes) {
            let allowed = limiter.allow(client, time_ns);
            outcome.record(client, allowed);
            trace.push(if allowed { '+' } else { '-' });
        }
        writeln!(trace, " {:>12} {}", time_ns, client).unwrap();
    }
    println!("{} requests of {} clients in {} s", total, clients, seconds);
    for (limiter, outcome) in limiters.iter().zip(&outcomes) {
        let share = 100.0 * outcome.allowed as f64 / total.max(1) as f64;
        println!(
            "{:<14} {:>7} allowed {:>7} refused {:>6.2} % {:>4} clients, longest refusal {}",
            limiter.name(), outcome.allowed, outcome.refused, share, outcome.clients.len(), outcome.longest_refusal
        );
    }
    let mut served: Vec<_> = served.borrow().iter().map(|(&client, &count)| (Reverse(count), client)).collect();
    served.sort_unstable();
    let most = served.iter().take(3).map(|&(Reverse(count), client)| (client, count)).collect::<Vec<_>>();
    println!("most served: {:?}", most);
    if let Some(path) = std::env::var_os("RATELIMIT_TRACE") {
        let mut file = fs::OpenOptions::new().create(true).append(true).open(&path).expect("the trace file");
        file.write_all(trace.as_bytes()).expect("writing the trace");
        println!("trace: {} bytes", fs::metadata(&path).expect("the trace file").len());
    }
}
