import type { Handler } from '../web/context.ts'
import type { Methods } from './method.ts'

/** Answers calls of these methods and of `system.*`. */
export function endpoint(_methods: Methods): Handler {
	return () => {}
}
