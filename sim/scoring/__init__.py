"""Forecast-style scoring of a study against a public record, beside null models."""
