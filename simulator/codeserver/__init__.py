"""
The national code server, played on this machine: the register of social and health care organisations, and
that of self-employed practitioners.

It answers as csapi v3 and v6, and exports each register as XML. That v6 writes dates as moments,
and v3 as days, is this project's guess: no page of either was at hand.
"""
