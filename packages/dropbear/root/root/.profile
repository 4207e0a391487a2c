# The home folder of whoever logs in.
