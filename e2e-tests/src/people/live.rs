//! An open screen: a stream of events that is taken up again whenever it breaks off, as a browser does by itself.

use super::Staff;
use crate::wait::PATIENCE;
use reqwest::{Method, Response};
use serde_json::Value;
use std::time::Duration;

/// A browser comes back after so long.
const RETRY: Duration = Duration::from_millis(300);
/// Between two looks at the list itself, if nothing is told.
const LOOK: Duration = Duration::from_secs(1);
/// The stream is meant to stay open.
const FOREVER: Duration = Duration::from_secs(3600);

/// Somebody's work list on a screen.
pub struct Screen {
    staff: Staff,
    stream: Option<Response>,
    unread: String,
    /// Of the event seen last, and what it said.
    last_id: Option<String>,
    last: Value,
    /// How often the stream has been opened.
    opened: usize,
}

impl Staff {
    /// Opens a screen with one's own work list.
    pub fn opens_work(&self) -> Screen {
        Screen {
            staff: self.clone(),
            stream: None,
            unread: String::new(),
            last_id: None,
            last: Value::Null,
            opened: 0,
        }
    }
}

impl Screen {
    /// What the screen is told next, whatever breaks meanwhile.
    ///
    /// # Panics
    /// If it is told nothing in time, or that it has no business here.
    pub async fn is_told(&mut self) -> Value {
        let told = tokio::time::timeout(PATIENCE, self.next()).await;
        told.unwrap_or_else(|_| panic!("{}'s screen is told nothing", self.staff.account))
    }

    /// Waits for an event that says so; everything before it is passed over.
    pub async fn shows(&mut self, what: &str, says: impl Fn(&Value) -> bool) -> Value {
        let waiting = async {
            loop {
                let told = self.next().await;
                if says(&told) {
                    return told;
                }
            }
        };
        let told = tokio::time::timeout(PATIENCE, waiting).await;
        told.unwrap_or_else(|_| panic!("waited in vain: {what}"))
    }

    /// Waits until what the screen was told last is what the list says when it is asked.
    ///
    /// # Panics
    /// If that does not come about.
    pub async fn is_up_to_date(&mut self, what: &str) {
        let waiting = async {
            loop {
                let _ = tokio::time::timeout(LOOK, self.next()).await;
                let list = self.staff.client.get("/api/v1/work?limit=1").await;
                let same = |key: &str| list.json()[key] == self.last[key];
                if list.is_success() && same("total") && same("overdue") {
                    return;
                }
            }
        };
        let waited = tokio::time::timeout(PATIENCE, waiting).await;
        assert!(waited.is_ok(), "waited in vain: {what}");
    }

    /// Waits until the stream that broke has been opened again.
    ///
    /// # Panics
    /// If it is not.
    pub async fn comes_back(&mut self) {
        let waiting = async {
            while self.opened < 2 {
                let _ = tokio::time::timeout(LOOK, self.next()).await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, waiting).await;
        assert!(waited.is_ok(), "{}'s screen stays broken", self.staff.account);
    }

    async fn next(&mut self) -> Value {
        loop {
            if let Some((block, rest)) = self.unread.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.unread = rest;
                if let Some(told) = self.read(&block) {
                    return told;
                }
                continue;
            }
            let chunk = match &mut self.stream {
                Some(stream) => stream.chunk().await.ok().flatten(),
                None => None,
            };
            match chunk {
                Some(chunk) => self.unread.push_str(&String::from_utf8_lossy(&chunk)),
                None => self.open().await,
            }
        }
    }

    /// The data of an event about the work list.
    fn read(&mut self, block: &str) -> Option<Value> {
        let field = |name: &str| -> Option<String> {
            let mut lines = block.lines().filter_map(|line| line.split_once(": "));
            let line = lines.find(|(field, _)| *field == name);
            line.map(|(_, value)| value.to_owned())
        };
        let name = field("event")?;
        let data: Value = serde_json::from_str(&field("data")?).unwrap_or_default();
        assert_ne!(name, "ended", "{}'s screen was shut: {data}", self.staff.account);
        self.last_id = field("id").or(self.last_id.take());
        if name != "work" {
            return None;
        }
        self.last = data.clone();
        Some(data)
    }

    async fn open(&mut self) {
        self.unread.clear();
        let mut request = self
            .staff
            .client
            .request(Method::GET, "/api/v1/work/stream")
            .timeout(FOREVER);
        if let Some(id) = &self.last_id {
            request = request.header("Last-Event-ID", id);
        }
        self.stream = request
            .send()
            .await
            .ok()
            .filter(|answer| answer.status().is_success());
        match self.stream {
            Some(_) => self.opened += 1,
            None => tokio::time::sleep(RETRY).await,
        }
    }
}
