"""WORKLIST (werklijst): every file that waits for whoever asks, whatever room it is in, with the term that runs."""
