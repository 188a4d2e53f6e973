//! Builds a ledger anew beside the one in use, and proves that both say the same.

use crate::settings::Settings;
use ::ledger::{Comparison, Difference, Rebuild};
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use platform::Store;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Between two lines where there is no terminal to draw a bar in.
const LINES: Duration = Duration::from_secs(2);

#[derive(Subcommand)]
pub(crate) enum LedgerCommand {
    /// Build a new ledger from the store's whole history, in a file beside the one in use; the ledger may be running.
    Rebuild(RebuildArguments),
}

#[derive(Args)]
pub(crate) struct RebuildArguments {
    /// Compare it row for row with the ledger in use; exit code 1 and the first difference if they are not equal.
    #[arg(long)]
    compare: bool,
    /// Where the new ledger goes; replaced if it is there. `<database_file>.rebuilt` if absent.
    #[arg(long)]
    to: Option<PathBuf>,
}

/// Runs a command on the ledger.
///
/// # Errors
/// If the store or a file cannot be read or written, or the ledgers are not equal.
pub(crate) async fn run(command: LedgerCommand, settings: &Settings) -> Result<(), String> {
    let LedgerCommand::Rebuild(arguments) = command;
    let live = &settings.ledger.database_file;
    let file = arguments.to.unwrap_or_else(|| {
        let mut name = live.as_os_str().to_owned();
        name.push(".rebuilt");
        name.into()
    });
    if file
        .canonicalize()
        .is_ok_and(|file| live.canonicalize().is_ok_and(|live| live == file))
    {
        return Err("新台账不能写在正在使用的台账上，请用 --to 指定另一个文件。".to_owned());
    }
    let store = Store::new(&settings.store.url);
    let head = store.head().await.map_err(|error| error.to_string())?;
    let mut rebuild = Rebuild::begin(&store, &file).map_err(|error| error.to_string())?;
    let mut bar = Bar::new(head);
    let built = rebuild.take_everything(|position| bar.reached(position)).await;
    bar.finish();
    built.map_err(|error| error.to_string())?;
    let facts = rebuild.facts().map_err(|error| error.to_string())?;
    println!("新台账已建好：{}，共 {facts} 条事实。", file.display());
    if !arguments.compare {
        println!("停止台账服务后，可以用它替换 {}。", live.display());
        return Ok(());
    }
    let compared = rebuild.compare(live).await;
    match compared.map_err(|error| error.to_string())? {
        Comparison::Equal { tables, rows } => {
            println!(
                "一致：{tables} 张表共 {rows} 行，与 {} 逐行相同。",
                live.display()
            );
            Ok(())
        }
        Comparison::Different(difference) => Err(told(&difference)),
    }
}

fn told(difference: &Difference) -> String {
    let row = |row: &Option<Vec<String>>| match row {
        Some(values) => values.join("  "),
        None => "（没有这一行）".to_owned(),
    };
    let Difference {
        table,
        row: number,
        one,
        other,
    } = difference;
    format!(
        "不一致：表 {table} 第 {number} 行不同。\n  在用：{}\n  新建：{}",
        row(one),
        row(other)
    )
}

/// A bar in a terminal, a line now and then elsewhere.
struct Bar {
    bar: Option<ProgressBar>,
    head: u64,
    begun: Instant,
    last: Instant,
}

impl Bar {
    fn new(head: u64) -> Self {
        let style = "重建台账 {bar:40} {pos}/{len} 条  每秒 {per_sec}  还需 {eta}";
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(head);
            bar.with_style(
                ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()),
            )
        });
        Self {
            bar,
            head,
            begun: Instant::now(),
            last: Instant::now(),
        }
    }

    fn reached(&mut self, position: u64) {
        // What came after the start counts as well.
        self.head = self.head.max(position);
        if let Some(bar) = &self.bar {
            bar.set_length(self.head);
            bar.set_position(position);
        } else if self.last.elapsed() >= LINES || position == self.head {
            self.last = Instant::now();
            eprintln!("{}", line(position, self.head, self.begun.elapsed()));
        }
    }

    fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish();
        }
    }
}

/// How far, how fast, how long still.
fn line(done: u64, head: u64, took: Duration) -> String {
    let rate = done as f64 / took.as_secs_f64().max(0.001);
    let left = head.saturating_sub(done) as f64 / rate.max(0.001);
    let percent = 100.0 * done as f64 / head.max(1) as f64;
    format!("重建台账：{done}/{head} 条（{percent:.0}%），每秒 {rate:.0} 条，还需 {left:.0} 秒")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_far_how_fast_and_how_long_still() {
        assert_eq!(
            line(2_500, 10_000, Duration::from_secs(5)),
            "重建台账：2500/10000 条（25%），每秒 500 条，还需 15 秒"
        );
        assert!(line(0, 0, Duration::ZERO).starts_with("重建台账：0/0 条（0%）"));
    }
    #[test]
    fn a_difference_names_table_row_and_both_values() {
        let told = told(&Difference {
            table: "cases".to_owned(),
            row: 3,
            one: Some(vec!["case_id=甲".to_owned(), "state=closed".to_owned()]),
            other: None,
        });
        assert_eq!(
            told,
            "不一致：表 cases 第 3 行不同。\n  在用：case_id=甲  state=closed\n  新建：（没有这一行）"
        );
    }
}
