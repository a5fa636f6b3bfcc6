"""Moderated rooms: one age band each, messages stored before they are acknowledged, screened before they are seen."""
