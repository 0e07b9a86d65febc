/** Exports for other modules of this package; not part of its public interface. */
export { BASIS_ROLES, isPlainRatio } from './readings.js'
