"""The modules with which code publishes: a class for each place, and one for each publisher."""
