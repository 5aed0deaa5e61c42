"""Training of the encoder that khabar ships: `python -m training --help`.  PyTorch is needed here and nowhere else."""
