"""Memory of one training step of the real libraries, on tensors without data: no GPU is needed."""
