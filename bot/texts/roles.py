"""What the command line says of the parts that run as processes of their own."""

CLI_ROLE = "run one part of the whole, beside others on the same PostgreSQL; without it everything in this process"
CLI_SHARDS = "of a gateway: the shards that it serves, of how many in all, as 0-3/16; by default all"
CLI_QUEUES = "of a worker: which jobs it takes, as read,fetch,deliver; by default all"

QUEUES_WRONG = "names what a worker does, some of read, fetch and deliver with commas between them, not {given}"
NOT_OF_ROLE = "is an option of `onrecord run {role}`"
