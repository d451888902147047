export * from './shapes'
export { default as Shape, increment as default } from './shapes'
export * as nested from './shapes'
