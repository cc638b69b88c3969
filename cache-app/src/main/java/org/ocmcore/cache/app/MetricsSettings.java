package org.ocmcore.cache.app;

/**
 * What monitoring systems get.
 *
 * @param slabs whether the metrics have the statistics of each slab class
 * @param isPublic whether everybody may see the metrics, without a token
 */
public record MetricsSettings(boolean slabs, boolean isPublic) {
  static MetricsSettings parse(SettingReader reader) {
    return new MetricsSettings(
        reader.flag(Setting.CACHE_METRICS_SLABS), reader.flag(Setting.CACHE_METRICS_PUBLIC));
  }
}
