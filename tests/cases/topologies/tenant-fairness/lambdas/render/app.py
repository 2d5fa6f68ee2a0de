app = reserve = release = patient = pdf = png = handler = print
