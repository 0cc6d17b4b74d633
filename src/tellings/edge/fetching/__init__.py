"""Fetching: the one room that uses the network, and only for addresses that somebody gave.

`fetcher` asks a server, within bounds and as its robots.txt permits; `judging` says whether what came can be an
article; `keeping` puts it into a folder as received, each file with a sidecar that says where it is from; `watching`
does so for what is new in feeds; `stamps` has an authority sign when a file was there. Nothing here is loaded before an
address is given, but for what an address is. The form of the sidecar is that of readers, which know nothing of this
room.
"""

#: The folder into which addresses are fetched, unless another is told.
FOLDER = "fetched"
