"""
The national code server, played on this machine: the register of social and health care organisations.

It answers as csapi v3 and v6, and exports the register as XML. That v6 writes dates as moments,
and v3 as days, is this project's guess: no page of either was at hand.
"""
