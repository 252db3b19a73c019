import { basename } from 'node:path'
import { run } from 'uvu/run'

// The process of one test file. uvu's own runner waits for the file's top-level awaits before it runs the suites.
const file = process.argv[2]!
await run([{ name: basename(file), file }])
// A server or a browser left open must not keep the run waiting.
process.exit()
