type Handlers<Module> = {
	[Name in keyof Module as Module[Name] extends (...args: any[]) => Promise<void> | void ? Name : never]: Module[Name]
}

/**
 * The handlers of a module that is loaded when one of them is first called: a blog starts sooner, and what nobody asks
 * for takes no memory.
 * @example const { responsesPage } = later(() => import('./comments/admin.ts'))
 */
export function later<Module extends object>(load: () => Promise<Module>): Handlers<Module> {
	const handler =
		(name: string) =>
		async (...args: unknown[]) => {
			const module = (await load()) as Record<string, (...args: unknown[]) => Promise<void> | void>
			await module[name]!(...args)
		}
	return new Proxy({} as Handlers<Module>, { get: (_, name) => handler(String(name)) })
}
