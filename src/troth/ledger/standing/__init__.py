"""What stands ready: sums at one day and set of parameters, kept up to date, that pages read without a scan.

Of all experiences before the day, decayed to it: by customer (`customer_state`, sorted, with a tail of
differences), and by touchpoint, mechanism and shard, for the whole and for every value of every segment
(`shard_state`). Beside them the experiences from that day on (`recent`), so that any moment of the day can be
read, and day sums by segment (`segment_cube`). All are exact integer sums, so answers are those of a scan, to
the bit.
"""
