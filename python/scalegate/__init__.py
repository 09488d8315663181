"""scalegate: memory per GPU, GPU-hours and cost of training configs. The program is the command `scalegate`."""
