//! Plays the two long stories against a running city and tells, in Chinese, what everybody does and sees.

use e2e_tests::{Mailbox, Narrator, Town, mingcha, stories};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

const USAGE: &str = "用法：demo [--server http://127.0.0.1:8080] [--data data]";

struct Arguments {
    server: String,
    data: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match read_arguments(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(mistake) => return failed(&format!("{mistake}\n{USAGE}")),
    };
    let file = arguments.data.join("keys/demonstration-password");
    let password = match std::fs::read_to_string(&file) {
        Ok(password) => password.trim().to_owned(),
        Err(error) => {
            return failed(&format!(
                "{}：{error}。请先在另一个终端运行 make run。",
                file.display()
            ));
        }
    };
    let town = Town {
        base: arguments.server.clone(),
        password: password.clone(),
        mailbox: Mailbox::new(arguments.data.join("mail")),
        narrator: Narrator::default(),
        hook_secret: None,
    };
    println!("故事一：一条线索，从群众举报到销号备案");
    let first = stories::all_goes_well(&town).await;
    println!("\n故事二：超期、问责、抽查不合格、死灰复燃");
    let (second, back) = stories::misses_deadlines_and_relapses(&town).await;
    for case in [first, second, back] {
        println!("\n━━ mingcha replay {case} ━━");
        if let Err(reason) = replay(&case, &arguments.server, &password) {
            return failed(&reason);
        }
    }
    ExitCode::SUCCESS
}

fn read_arguments(mut given: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut arguments = Arguments {
        server: "http://127.0.0.1:8080".to_owned(),
        data: PathBuf::from("data"),
    };
    while let Some(name) = given.next() {
        let value = given.next().ok_or_else(|| format!("{name} 后面缺少内容。"))?;
        match name.as_str() {
            "--server" => value.trim_end_matches('/').clone_into(&mut arguments.server),
            "--data" => arguments.data = PathBuf::from(value),
            other => return Err(format!("不认识 {other}。")),
        }
    }
    Ok(arguments)
}

/// The timeline as the terminal's own command prints it.
fn replay(case: &str, server: &str, password: &str) -> Result<(), String> {
    let status = Command::new(mingcha())
        .args(["replay", case, "--server", server])
        .env("MINGCHA_PASSWORD", password)
        .status()
        .map_err(|error| format!("mingcha replay: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("mingcha replay：{status}"))
    }
}

fn failed(reason: &str) -> ExitCode {
    eprintln!("{reason}");
    ExitCode::FAILURE
}
