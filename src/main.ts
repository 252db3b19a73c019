#!/usr/bin/env node
import { program } from './commands.ts'
import { ConfigError } from './errors.ts'
import { ThemeError } from './views/theme-error.ts'

// `otklik … | head` closes the pipe: no more is wanted.
process.stdout.on('error', () => process.exit())

try {
	await program().parseAsync()
} catch (error) {
	const isUsage = error instanceof ConfigError || error instanceof ThemeError
	process.stderr.write(`otklik: ${(error as Error).message.replaceAll('\n', ' ')}\n`)
	process.exitCode = isUsage ? 2 : 1
}
