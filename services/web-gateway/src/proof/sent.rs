//! Which forms have been received, and under which words: a form counts once.

use crate::volatile::Volatile;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Forms received of late. In Redis for all replicas, here as well for while Redis is away.
pub(super) struct SentForms {
    volatile: Volatile,
    kept_seconds: u64,
    most: usize,
    local: Mutex<HashMap<Uuid, (Instant, String)>>,
}

impl SentForms {
    pub(super) fn new(volatile: Volatile, kept_seconds: u64, most: usize) -> Self {
        Self {
            volatile,
            kept_seconds,
            most,
            local: Mutex::default(),
        }
    }

    /// The digest of the words under which a form was received.
    pub(super) async fn words_of(&self, form: Uuid) -> Option<String> {
        let name = name(form);
        let asked = self.volatile.ask(|mut connection| {
            let name = name.clone();
            async move {
                let get = redis::cmd("GET").arg(name).to_owned();
                get.query_async::<Option<String>>(&mut connection).await
            }
        });
        if let Ok(Some(words)) = asked.await {
            return Some(words);
        }
        let local = self.local.lock().unwrap_or_else(PoisonError::into_inner);
        local.get(&form).map(|(_, words)| words.clone())
    }

    /// A form was received.
    pub(super) async fn note(&self, form: Uuid, words: &str) {
        self.note_locally(form, words);
        let name = name(form);
        let noted = self.volatile.ask(|mut connection| {
            let name = name.clone();
            async move {
                let mut set = redis::cmd("SET");
                set.arg(name).arg(words).arg("EX").arg(self.kept_seconds);
                set.query_async::<()>(&mut connection).await
            }
        });
        // Away: then this replica knows; and no form ever makes a second tip, whoever knows.
        let _ = noted.await;
    }

    fn note_locally(&self, form: Uuid, words: &str) {
        let mut local = self.local.lock().unwrap_or_else(PoisonError::into_inner);
        if local.len() >= self.most {
            let kept = Duration::from_secs(self.kept_seconds);
            local.retain(|_, (noted, _)| noted.elapsed() < kept);
        }
        if local.len() >= self.most {
            local.clear();
        }
        local.insert(form, (Instant::now(), words.to_owned()));
    }
}

fn name(form: Uuid) -> String {
    format!("mingcha:sent-form:{form}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn without_redis_this_replica_remembers_a_bounded_number() {
        let volatile = Volatile::connect_lazily("redis://127.0.0.1:1").expect("address");
        let sent = SentForms::new(volatile, 60, 3);
        let form = Uuid::from_u128;
        assert_eq!(sent.words_of(form(1)).await, None);
        sent.note(form(1), "a").await;
        assert_eq!(sent.words_of(form(1)).await.as_deref(), Some("a"));
        for number in 2..40 {
            sent.note(form(number), "b").await;
        }
        assert!(sent.local.lock().expect("lock").len() <= 3);
        assert_eq!(sent.words_of(form(39)).await.as_deref(), Some("b"));
    }
}
