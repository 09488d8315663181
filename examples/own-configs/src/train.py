"""The first trainer of the team: a dataclass for the model, argparse for the rest."""

import argparse
from dataclasses import dataclass


@dataclass
class ModelConfig:
    n_layer: int = 12
    n_head: int = 12
    d_model: int = 768
    vocab_size: int = 32000
    block_size: int = 1024


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch-size", type=int, default=16)
    parser.add_argument("--learning-rate", type=float, default=3e-4)
    parser.add_argument("--max-steps", type=int, default=50_000)
    parser.parse_args()


if __name__ == "__main__":
    main()
