/** Milliseconds the processor has worked for this process: other work on the machine doesn't count. */
export function effort(): number {
	const { user, system } = process.cpuUsage()
	return (user + system) / 1000
}

/** More than a slow machine needs for what takes half a second elsewhere; what goes by the square takes a minute. */
export const BOUND = 4_000
