"""What benchmarks run in other processes; most time something `in_turn` and print an answer."""
