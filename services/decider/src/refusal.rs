//! Refusals: the reasons for which a command is not carried out, each with a stable code and a way forward.

use std::fmt;

/// How a refusal is to be taken; decides the gRPC and HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The request itself is wrong, whatever the state: name the field.
    Invalid,
    /// There is no such thing, or not for this person.
    NotFound,
    /// The person may not do this.
    Forbidden,
    /// Not in this state.
    Conflict,
}

/// One row of the refusal catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Stable, e.g. `tip.already_screened`.
    pub code: &'static str,
    pub kind: Kind,
    /// The request field at fault; empty if none is.
    pub field: &'static str,
    /// What is the matter, in plain Chinese.
    pub says: &'static str,
    /// What to do now, in plain Chinese.
    pub remedy: &'static str,
    /// Where the rule comes from: the city's order, a law, or the design.
    pub source: &'static str,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.says, self.remedy)
    }
}

/// An enum of reasons; declare it with [`refusals!`](crate::refusals).
pub trait Refusal: Copy + fmt::Debug + PartialEq + Send + Sync + 'static {
    fn reason(self) -> &'static Reason;
    /// Every reason, for the published catalogue.
    fn catalogue() -> Vec<&'static Reason>;
}

/// Declares a refusal enum with its catalogue:
/// `Variant => Kind, "code", "field", "what is the matter", "what to do", "source";`
#[macro_export]
macro_rules! refusals {
    ($(#[$doc:meta])* pub enum $name:ident {
        $($variant:ident => $kind:ident, $code:literal, $field:literal, $says:literal, $remedy:literal, $source:literal;)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $(#[doc = $says] $variant,)+ }

        impl $crate::Refusal for $name {
            fn reason(self) -> &'static $crate::Reason {
                match self {
                    $(Self::$variant => {
                        const REASON: $crate::Reason = $crate::Reason {
                            code: $code, kind: $crate::Kind::$kind, field: $field,
                            says: $says, remedy: $remedy, source: $source,
                        };
                        &REASON
                    })+
                }
            }
            fn catalogue() -> Vec<&'static $crate::Reason> {
                vec![$($crate::Refusal::reason(Self::$variant)),+]
            }
        }
    };
}
