//! Tip intake as others see it, over gRPC on a real store.

mod answering;
mod conflict;
mod desk;
mod erasing;
mod evidence;
mod identity;
mod receiving;
mod recordings;
mod rewards;
mod screening;
