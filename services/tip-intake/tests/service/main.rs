//! Tip intake as others see it, over gRPC on a real store.

mod answering;
mod conflict;
mod desk;
mod erasing;
mod evidence;
mod identity;
mod receiving;
mod rewards;
mod screening;
