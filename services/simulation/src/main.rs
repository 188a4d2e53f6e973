//! `simulate`: simulated years by their seeds, until one does not hold.

use clap::Parser;
use simulation::{Settings, simulate};
use std::process::ExitCode;

#[derive(Parser)]
#[command(about = "按种子模拟全市一年的专项整治，逐条核对不变量")]
struct Arguments {
    /// Seeds: a list such as `1,7,9`, or a range such as `1-100`.
    #[arg(default_value = "1-20")]
    seeds: String,
    /// Tips per year.
    #[arg(long, default_value_t = 2000)]
    tips: usize,
    /// Say as well how often each kind of fact happened, and each cheat was refused.
    #[arg(long)]
    facts: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let seeds = match seeds(&arguments.seeds) {
        Ok(seeds) => seeds,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let settings = Settings {
        tips: arguments.tips,
        ..Settings::default()
    };
    let mut failed = false;
    for (number, seed) in seeds.iter().enumerate() {
        eprint!("\r[{}/{}] seed={seed} …", number + 1, seeds.len());
        let year = simulate(*seed, settings);
        println!("\r{year}");
        if arguments.facts {
            let counted = year.names.iter().map(|(name, count)| (name.as_str(), count));
            let refused = year.refusals.iter().map(|(code, count)| (*code, count));
            let mishaps = year.mishaps.iter().map(|(what, count)| (*what, count));
            for (name, count) in counted.chain(refused).chain(mishaps) {
                println!("{count:>8}  {name}");
            }
        }
        for failure in &year.failures {
            failed = true;
            println!("{failure}");
        }
    }
    match failed {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    }
}

/// Reads `1-100`, `3`, or `1,7,20-30`.
fn seeds(text: &str) -> Result<Vec<u64>, String> {
    let mut seeds = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let number = |text: &str| {
            text.parse::<u64>()
                .map_err(|_| format!("种子应写作 1-100 或 1,7,9：{text}"))
        };
        seeds.extend(number(from)?..=number(to)?);
    }
    match seeds.is_empty() {
        true => Err("没有给出种子".to_owned()),
        false => Ok(seeds),
    }
}

#[cfg(test)]
mod tests {
    use super::seeds;

    #[test]
    fn seeds_are_ranges_and_lists() {
        assert_eq!(seeds("1-3"), Ok(vec![1, 2, 3]));
        assert_eq!(seeds("7, 9-10"), Ok(vec![7, 9, 10]));
        assert!(seeds("").is_err());
        assert!(seeds("a").is_err());
    }
}
