export * from './schema.ts';
export * from './languages.ts';
export * from './frontend-config.ts';
export * from './snippet.ts';
