// Why this exists: the tests of a room as one file, so that one process has them all.
import 'virtual:room-tests'
