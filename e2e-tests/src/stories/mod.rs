//! The stories: played by the tests against a city of their own, and by the demonstration against a running one.
