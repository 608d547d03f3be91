//! What a desk may ask of the engine.
