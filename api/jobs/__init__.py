"""The questions to the engine: plain values that can be sent to where a snapshot is, and run."""
