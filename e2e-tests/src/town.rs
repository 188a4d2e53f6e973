//! What a story needs to know of a city: where it is, how to sign in, where its mail ends up, who tells the story.

use crate::mail::Mailbox;
use crate::narrator::Narrator;
use crate::people::{Citizen, Staff};

/// A city to play a story in: one of a test, or the one of `make run`.
#[derive(Clone, Debug)]
pub struct Town {
    /// Address of the web gateway, without a slash at the end.
    pub base: String,
    /// Password of all accounts.
    pub password: String,
    pub mailbox: Mailbox,
    pub narrator: Narrator,
    /// The secret part of the SMS webhook's address, if there is one.
    pub hook_secret: Option<String>,
}

impl Town {
    /// Somebody with a browser and no account.
    pub fn citizen(&self) -> Citizen {
        Citizen::new(self)
    }
    /// Somebody of the staff, signed in.
    pub async fn staff(&self, account: &str) -> Staff {
        Staff::sign_in(self, account).await
    }
}
