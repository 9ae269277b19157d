"""Appeal (administratief beroep): the Commissie van Beroep and its two chambers (Awb 7.3)."""
