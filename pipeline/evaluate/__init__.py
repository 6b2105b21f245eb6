"""How right are documents that were made, judged against gold ones, and how far can their confidence be trusted?"""
